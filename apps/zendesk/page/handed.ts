import type { SidebarPage } from '../../../src/contract/sidebar.ts'

/** What the service put into the page for this agent. */
export function readPage(document: Document): SidebarPage {
  const text = document.getElementById('handed')?.textContent
  return text ? (JSON.parse(text) as SidebarPage) : { kind: 'refused', why: 'Open a ticket again to sign in.' }
}
