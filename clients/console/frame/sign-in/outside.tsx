import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { Mark } from '../icon.tsx'

/** A page for whoever is not in yet. */
export function Outside({ title, children }: { title: string; children: ComponentChildren }) {
  useEffect(() => {
    document.title = `${title} · Deskbridge`
  }, [title])
  return (
    <main class="outside">
      <section class="outside-card">
        <Mark />
        <h1>{title}</h1>
        {children}
      </section>
    </main>
  )
}
