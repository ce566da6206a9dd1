import { render } from 'preact'
import { App } from '../../../widget/app/app.tsx'
import { applyLook } from '../../../widget/app/look.ts'
import { isPreviewed, type Previewed } from './previewed.ts'
import { sampleChat } from './sample-chat.ts'

const root = document.getElementById('app')

function show({ look, greeting }: Previewed): void {
  applyLook(document.documentElement, look)
  if (root) render(<App key={greeting} client={sampleChat(greeting)} notice={null} onHide={() => {}} />, root)
}

addEventListener('message', ({ data, origin, source }) => {
  if (origin === location.origin && source === parent && isPreviewed(data)) show(data)
})
