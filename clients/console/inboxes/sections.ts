import type { ComponentType } from 'preact'
import type { InboxForm } from './inbox-form.ts'
import { AssignmentSection } from './sections/assignment.tsx'
import { AutomationSection } from './sections/automation.tsx'
import { GeneralSection } from './sections/general.tsx'
import { HoursSection } from './sections/hours.tsx'
import { LookSection } from './sections/look.tsx'
import { PreChatSection } from './sections/pre-chat.tsx'
import { ProtectionSection } from './sections/protection.tsx'
import { RetentionSection } from './sections/retention.tsx'
import { SlackSection } from './sections/slack.tsx'
import { ZendeskSection } from './sections/zendesk.tsx'

interface Section {
  id: string
  title: string
  about: string
  component: ComponentType<{ form: InboxForm }>
}

/** In the order in which somebody sets an inbox up. */
export const sections: readonly Section[] = [
  {
    id: 'general',
    title: 'General',
    about: 'What it is called, and which sites it is for.',
    component: GeneralSection,
  },
  { id: 'look', title: 'Look', about: 'How the widget looks, and what it says first.', component: LookSection },
  { id: 'questions', title: 'Questions', about: 'Asked before a chat begins.', component: PreChatSection },
  { id: 'hours', title: 'Hours', about: 'When somebody answers.', component: HoursSection },
  { id: 'assignment', title: 'Assignment', about: 'How a chat finds who answers it.', component: AssignmentSection },
  {
    id: 'automation',
    title: 'Automatic texts',
    about: 'Said without anybody writing it.',
    component: AutomationSection,
  },
  { id: 'slack', title: 'Slack', about: 'Where its threads are, and what a reply does.', component: SlackSection },
  { id: 'zendesk', title: 'Zendesk', about: 'When a chat becomes a ticket, and how.', component: ZendeskSection },
  { id: 'protection', title: 'Protection', about: 'Who is let in.', component: ProtectionSection },
  { id: 'retention', title: 'Retention', about: 'How long chats are kept.', component: RetentionSection },
]
