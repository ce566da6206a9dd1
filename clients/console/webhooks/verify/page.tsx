import { useState } from 'preact/hooks'
import { CopyText } from '../../parts/copy-text.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Tabs } from '../tabs.tsx'
import { inJavaScript, inPython } from './snippets.ts'

const languages = [
  ['JavaScript', inJavaScript],
  ['Python', inPython],
] as const

/** For whoever writes the receiver. */
export const VerifyPage = () => (
  <>
    <PageHead title="Webhooks" about="How a receiver knows that a call comes from here and was not changed." />
    <Tabs here="Verify a call" />
    <div class="verify">
      <HeaderList />
      <Code />
    </div>
  </>
)

const HeaderList = () => (
  <section class="card" aria-labelledby="signed-title">
    <header>
      <h2 id="signed-title">What is signed</h2>
      <p>As Standard Webhooks has it: its libraries verify it in most languages.</p>
    </header>
    <dl class="facts">
      <dt>
        <code>webhook-id</code>
      </dt>
      <dd>Names the event, and is the same in each attempt: what came before came again.</dd>
      <dt>
        <code>webhook-timestamp</code>
      </dt>
      <dd>When the attempt was made, in seconds since 1970. Refuse what is more than five minutes off.</dd>
      <dt>
        <code>webhook-signature</code>
      </dt>
      <dd>One for each secret in force, with spaces between them. One that is right is enough.</dd>
    </dl>
    <p>
      Signed is <code>id.timestamp.body</code>: take the body’s bytes as they came, before they are parsed. Answer 2xx
      within 15 seconds, and work afterwards.
    </p>
  </section>
)

function Code() {
  const [chosen, setChosen] = useState<string>('JavaScript')
  const [, text] = languages.find(([name]) => name === chosen) ?? languages[0]
  return (
    <section class="card" aria-labelledby="code-title">
      <header>
        <h2 id="code-title">With a shared secret</h2>
        <p>No library is needed. For a key pair (v1a), verify ed25519 with the endpoint’s public key over the same.</p>
      </header>
      <div class="acts">
        {languages.map(([name]) => (
          <button key={name} type="button" class="act" aria-pressed={name === chosen} onClick={() => setChosen(name)}>
            {name}
          </button>
        ))}
      </div>
      <CopyText key={chosen} label={`Verify in ${chosen}`} text={text} rows={text.split('\n').length + 1} test="code" />
    </section>
  )
}
