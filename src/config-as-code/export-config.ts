import type { AdminApi } from './admin-api.ts'
import { writeFileText } from './file-text.ts'
import type { Section } from './section.ts'

/** The file that describes an installation: the same text as long as nothing is changed there. */
export async function exportConfig(api: AdminApi, sections: readonly Section[]): Promise<string> {
  const written = []
  for (const { name, about, open } of sections) written.push({ name, about, items: (await open(api)).items })
  return writeFileText(written)
}
