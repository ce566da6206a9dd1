/** @jsxImportSource react */
import { Pressable, Text } from 'react-native'
import { layout } from './look.ts'
import { useLook } from './look-context.ts'

/** `label`: what is read out, where that is another. */
export function Action({ text, label = text, onPress }: { text: string; label?: string; onPress(): void }) {
  const { colors } = useLook()
  return (
    <Pressable style={layout.action} accessibilityRole="button" accessibilityLabel={label} onPress={onPress}>
      <Text style={[layout.body, { color: colors.text, textDecorationLine: 'underline' }]}>{text}</Text>
    </Pressable>
  )
}
