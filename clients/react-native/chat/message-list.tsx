/** @jsxImportSource react */
import { useEffect, useMemo } from 'react'
import { AppState, FlatList, Text } from 'react-native'
import { idOf } from '../../core/index.ts'
import { useChat, useChatState, useEntries, useTyping } from '../../react/hooks/hooks.ts'
import { layout } from './look.ts'
import { useLook } from './look-context.ts'
import { OnItsWay } from './on-its-way.tsx'
import { Stored } from './stored.tsx'

/** Upside down, so that its end stays in view as it grows and older ones are added out of sight. */
export function MessageList() {
  const { say, colors } = useLook()
  const chat = useChat()
  const entries = useEntries()
  const newestFirst = useMemo(() => [...entries].reverse(), [entries])
  const typing = useTyping()
  useReading()
  return (
    <FlatList
      inverted={newestFirst.length > 0}
      style={layout.fill}
      accessibilityLabel={say('messages')}
      data={newestFirst}
      keyExtractor={idOf}
      renderItem={({ item }) =>
        item.kind === 'stored' ? <Stored message={item.message} state={item.state} /> : <OnItsWay entry={item} />
      }
      onEndReached={() => void chat.older()}
      keyboardShouldPersistTaps="handled"
      ListEmptyComponent={<Text style={[layout.hello, { color: colors.text }]}>{say('hello')}</Text>}
      ListHeaderComponent={
        typing === null ? undefined : (
          <Text style={[layout.status, { color: colors.muted }]}>
            {say('typing', { name: typing || say('somebody') })}
          </Text>
        )
      }
    />
  )
}

/** What is on the screen of an app in front counts as read. */
function useReading() {
  const chat = useChat()
  const { connection, conversation } = useChatState()
  const newest = conversation.messages.at(-1)?.id
  useEffect(() => {
    const read = () => AppState.currentState !== 'background' && chat.read()
    read()
    const heard = AppState.addEventListener('change', read)
    return () => heard.remove()
  }, [chat, connection, newest])
}
