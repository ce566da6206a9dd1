/** @jsxImportSource react */
import { Image, Text, View } from 'react-native'
import { idOf } from '../../core/index.ts'
import { progressOf, reasonOf, textOf, type Waiting } from '../../react/chat/said.ts'
import { useChat } from '../../react/hooks/hooks.ts'
import { uriOf } from '../picked-image.ts'
import { Action } from './action.tsx'
import { layout } from './look.ts'
import { useLook } from './look-context.ts'

/** A message or a picture that is not stored yet. */
export function OnItsWay({ entry }: { entry: Waiting }) {
  const { say, colors } = useLook()
  const chat = useChat()
  const id = idOf(entry)
  const isRefused = reasonOf(entry) !== null
  const uri = entry.kind === 'upload' ? uriOf(entry.upload.file) : null
  return (
    <View style={[layout.line, layout.own]}>
      {uri ? (
        <Image source={{ uri }} style={layout.picture} resizeMode="cover" accessibilityLabel={textOf(entry)} />
      ) : (
        <View style={[layout.bubble, { backgroundColor: colors.accent }]}>
          <Text style={[layout.body, { color: colors.onAccent }]}>{textOf(entry)}</Text>
        </View>
      )}
      <Text style={[layout.small, { color: isRefused ? colors.problem : colors.muted }]}>{progressOf(entry, say)}</Text>
      <View style={layout.actions}>
        {isRefused && <Action text={say('tryAgain')} onPress={() => chat.retry(id)} />}
        {(isRefused || entry.kind === 'upload') && (
          <Action text={say(isRefused ? 'remove' : 'cancelUpload')} onPress={() => chat.discard(id)} />
        )}
      </View>
    </View>
  )
}
