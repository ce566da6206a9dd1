/** Whether what is written goes to the visitor or to the team alone. */
export function Kinds({ isNote, onChange }: { isNote: boolean; onChange(isNote: boolean): void }) {
  return (
    <fieldset class="kinds">
      <legend class="read-out">What you write</legend>
      {[false, true].map((value) => (
        <label key={String(value)} class={value === isNote ? 'kind on' : 'kind'}>
          <input
            type="radio"
            name="kind"
            class="read-out"
            checked={value === isNote}
            onChange={() => onChange(value)}
          />
          {value ? 'Note' : 'Answer'}
        </label>
      ))}
    </fieldset>
  )
}
