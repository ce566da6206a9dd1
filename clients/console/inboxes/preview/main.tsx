import { render } from 'preact'
import { createMemoryStorage } from '../../../core/platform/storage.ts'
import { App } from '../../../widget/app/app.tsx'
import { applyLook } from '../../../widget/app/look.ts'
import { createVisitor } from '../../../widget/app/start/visitor.ts'
import { isPreviewed, type Previewed } from './previewed.ts'
import { sampleChat } from './sample-chat.ts'

const root = document.getElementById('app')
// The composer asks for the keyboard as soon as it is there, and would take it from the form around the frame.
root?.toggleAttribute('inert', true)
/** The chat is under way: nothing is asked. */
const underWay = { asked: { kind: 'unknown' }, visitor: createVisitor(createMemoryStorage(), 'preview') } as const

function show({ look, greeting }: Previewed): void {
  applyLook(document.documentElement, look)
  if (root)
    render(<App key={greeting} client={sampleChat(greeting)} {...underWay} notice={null} onHide={() => {}} />, root)
}

addEventListener('message', ({ data, origin, source }) => {
  if (origin === location.origin && source === parent && isPreviewed(data)) show(data)
})
