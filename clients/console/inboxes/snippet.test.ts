import { expect, it } from 'vitest'
import { snippetOf } from './snippet.ts'

it('names the inbox, whatever its key looks like', () => {
  expect(snippetOf('https://chat.example', 'a "b" & c')).toBe(
    '<script async src="https://chat.example/widget/loader.js" data-inbox="a &quot;b&quot; &amp; c"></script>',
  )
})
