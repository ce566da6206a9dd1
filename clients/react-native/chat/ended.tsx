/** @jsxImportSource react */
import { Text, View } from 'react-native'
import { useChat, useChatState } from '../../react/hooks/hooks.ts'
import { Action } from './action.tsx'
import { layout } from './look.ts'
import { useLook } from './look-context.ts'

const scores = [1, 2, 3, 4, 5]

/** What can be done once the chat is over. */
export function Ended() {
  const { say, colors } = useLook()
  const chat = useChat()
  const { info } = useChatState().conversation
  const body = [layout.body, { color: colors.text }]
  const isRated = info !== null && info.rating !== null
  return (
    <View style={[layout.notice, { backgroundColor: colors.soft }]}>
      <Text style={body}>{say('ended')}</Text>
      {isRated && <Text style={body}>{say('thanks')}</Text>}
      {info?.resolution && !isRated && (
        <>
          <Text style={body}>{say('rateQuestion')}</Text>
          <View style={layout.stars}>
            {scores.map((score) => (
              <Action
                key={score}
                text={`${score} ★`}
                label={say('stars', { count: score })}
                onPress={() => void chat.rate(score)}
              />
            ))}
          </View>
        </>
      )}
      <Action text={say('newChat')} onPress={() => chat.startAnew()} />
    </View>
  )
}
