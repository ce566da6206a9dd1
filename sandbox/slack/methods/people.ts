import { z } from 'zod'
import { documented } from '../../fixtures/load.ts'
import { type MethodDeps, type Methods, refuse, text, tier } from './method.ts'

/** `users.…` and `auth.…` */
export const peopleMethods = ({
  team: { id: team, name: workspace, bot, people },
}: Pick<MethodDeps, 'team'>): Methods => ({
  'users.info': {
    window: tier(100),
    run(args, origin) {
      const { user: id } = z.object({ user: text }).parse(args)
      const person = people.find((candidate) => candidate.id === id) ?? refuse('user_not_found')
      const { name, realName, email } = person
      const at = (size: number) => `${origin}/avatars/${id}_${size}.png`
      const images = { image_72: at(72), image_192: at(192) }
      const profile = { real_name: realName, display_name: realName, email, team, ...images }
      return documented('slack/users.info', {
        user: { id, team_id: team, name, real_name: realName, profile, is_bot: false, is_email_confirmed: true },
      })
    },
  },

  'auth.test': {
    window: tier(600),
    run: () =>
      documented('slack/auth.test.bot', {
        team: workspace,
        user: 'deskbridge',
        team_id: team,
        user_id: bot.user,
        bot_id: bot.id,
      }),
  },
})
