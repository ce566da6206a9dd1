/** Where one writes first. Where a keyboard would come up over half of the screen, nobody is made to write. */
export function focusFirst(within: ParentNode | null): void {
  if (matchMedia('(pointer: coarse)').matches) return
  within?.querySelector<HTMLElement>('input:not([type=file], [hidden]), select, textarea')?.focus()
}
