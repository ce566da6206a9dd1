import { useState } from 'preact/hooks'
import { Icon } from '../frame/icon.tsx'

interface CopyTextProps {
  label: string
  text: string
  rows?: number
  test?: string
}

/** Text to be taken elsewhere. */
export function CopyText({ label, text, rows = 2, test = 'copied-text' }: CopyTextProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('refused'),
    )
  return (
    <div class="copy">
      <textarea
        readOnly
        rows={rows}
        spellcheck={false}
        aria-label={label}
        data-test={test}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <button type="button" class="act" onClick={() => void copy()}>
        <Icon name={state === 'copied' ? 'check' : 'copy'} />
        <span aria-live="polite">{words[state]}</span>
      </button>
    </div>
  )
}

const words = { idle: 'Copy', copied: 'Copied', refused: 'Select it and copy' } as const
