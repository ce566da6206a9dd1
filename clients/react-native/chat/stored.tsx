/** @jsxImportSource react */
import { Image, Linking, Pressable, Text, View } from 'react-native'
import { type Message, sizeText } from '../../core/index.ts'
import { nameOf, timeOf } from '../../react/chat/said.ts'
import { layout } from './look.ts'
import { useLook } from './look-context.ts'

const sideOf = { visitor: 'own', agent: 'theirs', bot: 'theirs', system: 'system' } as const

/** A message that the service keeps. `state` is of those that we wrote. */
export function Stored({ message, state }: { message: Message; state: 'sent' | 'read' | null }) {
  const { say, colors } = useLook()
  const { senderType, content, deleted, file, createdAt, editedAt } = message
  const side = sideOf[senderType]
  const small = [layout.small, { color: colors.muted }]
  const when = [timeOf(createdAt), editedAt && !deleted && say('edited'), state && say(state)]
  return (
    <View style={[layout.line, layout[side]]}>
      {side === 'theirs' && <Text style={small}>{nameOf(message, say)}</Text>}
      {file && <ShownFile file={file} />}
      {(deleted || content !== '') && (
        <View style={[layout.bubble, { backgroundColor: side === 'own' && !deleted ? colors.accent : colors.soft }]}>
          <Text style={[layout.body, { color: side === 'own' && !deleted ? colors.onAccent : colors.text }]} selectable>
            {deleted ? say('deleted') : content}
          </Text>
        </View>
      )}
      <Text style={small}>{when.filter(Boolean).join(' · ')}</Text>
    </View>
  )
}

function ShownFile({ file }: { file: NonNullable<Message['file']> }) {
  const { colors } = useLook()
  const text = `${file.name} (${sizeText(file.size)})`
  return (
    <Pressable accessibilityRole="link" accessibilityLabel={text} onPress={() => void Linking.openURL(file.url)}>
      {file.thumbnailUrl ? (
        <Image source={{ uri: file.thumbnailUrl }} style={layout.picture} resizeMode="cover" />
      ) : (
        <View style={[layout.bubble, { backgroundColor: colors.soft }]}>
          <Text style={[layout.body, { color: colors.text }]}>{text}</Text>
        </View>
      )}
    </Pressable>
  )
}
