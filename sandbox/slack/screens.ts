/** What people have before them besides messages: modals, and what only one of them sees. */
export interface View {
  id: string
  user: string
  /** As the app gave it. */
  content: Record<string, unknown>
}

export interface Whisper {
  channel: string
  user: string
  threadTs: string | null
  text: string
}

/** A trigger opens one modal, within three seconds. ms */
const triggerLife = 3_000

export type Exchange = { kind: 'good'; user: string } | { kind: 'refused'; error: string }

export function createScreens(options: { now(): number; changed(): void }) {
  const triggers = new Map<string, { user: string; until: number; used: boolean }>()
  const views = new Map<string, View>()
  const whispers: Whisper[] = []
  const put = (view: View): View => {
    views.set(view.id, view)
    options.changed()
    return view
  }
  let count = 0

  return {
    whispers,
    whisper(said: Whisper) {
      whispers.push(said)
      options.changed()
    },
    views: () => [...views.values()],
    view: (id: string) => views.get(id),
    trigger(user: string): string {
      const id = `${(count += 1)}.${options.now()}.abcd2358fdea`
      triggers.set(id, { user, until: options.now() + triggerLife, used: false })
      return id
    },
    exchange(id: string): Exchange {
      const trigger = triggers.get(id)
      if (!trigger) return { kind: 'refused', error: 'invalid_trigger_id' }
      if (trigger.used) return { kind: 'refused', error: 'exchanged_trigger_id' }
      if (trigger.until < options.now()) return { kind: 'refused', error: 'expired_trigger_id' }
      trigger.used = true
      return { kind: 'good', user: trigger.user }
    },
    open(user: string, content: View['content']): View {
      return put({ id: `V${String((count += 1)).padStart(9, '0')}`, user, content })
    },
    update(view: View, content: View['content']): View {
      return put({ ...view, content })
    },
    close(id: string) {
      views.delete(id)
      options.changed()
    },
    clear() {
      views.clear()
      whispers.splice(0)
    },
  }
}

export type Screens = ReturnType<typeof createScreens>
