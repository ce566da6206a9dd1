import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { sizeText } from '../../../../src/contract/file-text.ts'
import { Icon } from '../parts/icon.tsx'

interface ChosenFileProps {
  file: Blob
  name: string
  children?: ComponentChildren
}

/** A file that is still on this machine. */
export function ChosenFile({ file, name, children }: ChosenFileProps) {
  const picture = usePicture(file)
  return (
    <div class="chosen">
      {picture ? <img src={picture} alt="" /> : <Icon name="file" />}
      <div>
        <p class="file-name" dir="auto">
          {name}
        </p>
        <p class="file-size">{sizeText(file.size)}</p>
        {children}
      </div>
    </div>
  )
}

/** Where the page can load it from; null: it is no picture. */
function usePicture(file: Blob): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (!file.type.startsWith('image/')) return
    const made = URL.createObjectURL(file)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return address
}
