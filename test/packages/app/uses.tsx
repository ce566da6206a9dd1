/** @jsxImportSource react */
import { type AsyncStore, MobileChat, MobileChatProvider, useEntries, useUnread } from '@deskbridge/react-native'
import { Text } from 'react-native'

function Badge() {
  const last = useEntries().at(-1)
  const text: string = last?.kind === 'stored' ? last.message.content : ''
  return <Text>{`${useUnread()} ${text}`}</Text>
}

/** Everything that an app says to the package, so that a compiler looks at it. */
export const Uses = ({ storage }: { storage: AsyncStore }) => (
  <MobileChatProvider url="https://chat.example.com" storage={storage} visitor={{ email: 'ana@example.com' }}>
    <Badge />
    <MobileChat colors={{ accent: '#7a2e12' }} texts={{ send: 'Go' }} pickImage={async () => null} />
  </MobileChatProvider>
)
