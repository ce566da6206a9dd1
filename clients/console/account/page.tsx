import { useFrame } from '../frame/frame.ts'
import { PageHead } from '../parts/page-head.tsx'
import { PasswordCard } from './password.tsx'
import { Sessions } from './sessions.tsx'

export function AccountPage() {
  const { me } = useFrame()
  return (
    <>
      <PageHead title="Your account" about={me.name} />
      <div class="cards">
        <PasswordCard />
        <Sessions />
      </div>
    </>
  )
}
