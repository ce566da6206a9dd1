/** @jsxImportSource react */
import { type ReactNode, useEffect, useMemo } from 'react'
import { AccessibilityInfo, KeyboardAvoidingView, Platform, Text, useColorScheme } from 'react-native'
import { placeOf, saidBy } from '../../react/chat/said.ts'
import { en, sayIn, type Texts } from '../../react/chat/texts.ts'
import { useChatState } from '../../react/hooks/hooks.ts'
import { useNewestAnswer } from '../../react/hooks/use-newest-answer.ts'
import type { PickedImage } from '../picked-image.ts'
import { MobileChatProvider, type MobileChatProviderProps } from '../provider.tsx'
import { Composer } from './composer.tsx'
import { Ended } from './ended.tsx'
import { type Colors, dark, layout, light } from './look.ts'
import { useLook, WithLook } from './look-context.ts'
import { MessageList } from './message-list.tsx'

interface FaceProps {
  /** Lets the visitor choose a picture; null when they chose none. Without it there is no button for it. */
  pickImage?: () => Promise<PickedImage | null>
  /** In place of the English ones; those that are left out stay. */
  texts?: Partial<Texts>
  /** In place of those of the device's light or dark look. */
  colors?: Partial<Colors>
  /** Height of what is above the chat, such as the app's own header. */
  keyboardOffset?: number
}

/** Inside of a `<MobileChatProvider>` it needs no more; elsewhere it takes what that takes. */
export type MobileChatProps = FaceProps & (Omit<MobileChatProviderProps, 'children'> | { url?: never })

/** A whole chat that fills the view around it. */
export function MobileChat({ pickImage, texts, colors, keyboardOffset, ...rest }: MobileChatProps): ReactNode {
  const face = <Face {...{ pickImage, texts, colors, keyboardOffset }} />
  return rest.url === undefined ? face : <MobileChatProvider {...rest}>{face}</MobileChatProvider>
}

type Given<T> = { [K in keyof T]: T[K] | undefined }

function Face({ pickImage, texts, colors, keyboardOffset = 0 }: Given<FaceProps>) {
  const own = useColorScheme() === 'dark' ? dark : light
  const look = useMemo(() => ({ say: sayIn({ ...en, ...texts }), colors: { ...own, ...colors } }), [texts, own, colors])
  const { conversation } = useChatState()
  return (
    <WithLook value={look}>
      <KeyboardAvoidingView
        style={[layout.fill, { backgroundColor: look.colors.page }]}
        behavior={Platform.OS === 'ios' ? 'padding' : 'height'}
        keyboardVerticalOffset={keyboardOffset}
      >
        <Status />
        <MessageList />
        {conversation.status === 'closed' && <Ended />}
        <Composer pickImage={pickImage} />
        <Announced />
      </KeyboardAvoidingView>
    </WithLook>
  )
}

/** Only what the visitor should know: that there is no connection, that nobody is there yet, that it was refused. */
function Status() {
  const { say, colors } = useLook()
  const { connection, queue, refusal } = useChatState()
  const text =
    refusal?.message ??
    (connection === 'offline' || connection === 'connecting' ? say(connection) : queue ? placeOf(queue, say) : null)
  if (text === null) return null
  return (
    <Text style={[layout.status, { color: refusal ? colors.problem : colors.muted }]} accessibilityLiveRegion="polite">
      {text}
    </Text>
  )
}

/** Reads an answer out, once. */
function Announced() {
  const { say } = useLook()
  const newest = useNewestAnswer()
  const text = newest && saidBy(newest, say)
  const id = newest?.id
  useEffect(() => {
    if (text) AccessibilityInfo.announceForAccessibility(text)
  }, [id])
  return null
}
