interface FaceProps {
  name: string | null
  picture: string | null
}

/** Their name stands beside it. The letters show until the picture is there, or for good if it does not come. */
export const Face = ({ name, picture }: FaceProps) => (
  <span class="face" aria-hidden="true">
    {initialsOf(name ?? '')}
    {picture && <img src={picture} alt="" width="28" height="28" />}
  </span>
)

/** Of the first and the last word. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : ''].map((word) => Array.from(word ?? '')[0] ?? '')
  return letters.join('').toUpperCase()
}
