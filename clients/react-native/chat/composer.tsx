/** @jsxImportSource react */
import { useState } from 'react'
import { Pressable, Text, TextInput, View } from 'react-native'
import { useChat } from '../../react/hooks/hooks.ts'
import { asFile, type PickedImage } from '../picked-image.ts'
import { layout } from './look.ts'
import { useLook } from './look-context.ts'

const mostLength = 10_000

export function Composer({ pickImage }: { pickImage: (() => Promise<PickedImage | null>) | undefined }) {
  const { say, colors } = useLook()
  const chat = useChat()
  const [text, setText] = useState('')
  const canSend = text.trim() !== '' && Array.from(text).length <= mostLength
  const send = () => {
    chat.send(text)
    setText('')
  }
  const attach = async (pick: () => Promise<PickedImage | null>) => {
    const picked = await pick()
    if (picked) chat.sendFile(asFile(picked), picked.name)
  }
  return (
    <View style={layout.composer}>
      {pickImage && (
        <Pressable
          style={[layout.button, { backgroundColor: colors.soft }]}
          accessibilityRole="button"
          accessibilityLabel={say('attachFile')}
          onPress={() => void attach(pickImage)}
        >
          <Text style={[layout.body, { color: colors.text }]}>＋</Text>
        </Pressable>
      )}
      <TextInput
        style={[layout.input, { backgroundColor: colors.soft, color: colors.text }]}
        accessibilityLabel={say('yourMessage')}
        placeholder={say('writeMessage')}
        placeholderTextColor={colors.muted}
        multiline
        value={text}
        onChangeText={(next) => {
          setText(next)
          chat.typing()
        }}
      />
      <Pressable
        style={[layout.button, { backgroundColor: colors.accent, opacity: canSend ? 1 : 0.5 }]}
        accessibilityRole="button"
        accessibilityLabel={say('send')}
        accessibilityState={{ disabled: !canSend }}
        disabled={!canSend}
        onPress={send}
      >
        <Text style={[layout.body, { color: colors.onAccent }]}>{say('send')}</Text>
      </Pressable>
    </View>
  )
}
