// Begins a chat, says what the arguments say one after the other, each once the one before was answered, and prints all of it.
import { createDeskbridge, entriesOf } from '@deskbridge/client'

const [url = '', ...lines] = process.argv.slice(2)
const chat = createDeskbridge({ url, channel: 'api', visitor: { name: 'Ana', attributes: { plan: 'gold' } } })

/** @param {import('@deskbridge/client').ChatState} state */
function goOn(state) {
  const entries = entriesOf(state)
  const answers = entries.filter((entry) => entry.kind === 'stored' && entry.message.senderType === 'agent').length
  const said = entries.filter((entry) => entry.state !== null).length
  if (said > answers) return
  const line = lines[answers]
  if (line !== undefined) return chat.send(line)
  end()
  const shown = entries.map((entry) =>
    entry.kind === 'stored' ? [entry.message.senderType, entry.message.content] : [],
  )
  console.log(JSON.stringify(shown))
  chat.stop()
}

const end = chat.subscribe(goOn)
goOn(chat.state())
