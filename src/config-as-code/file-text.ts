import { stringify } from 'yaml'

/** As it stands in the file; the same for the same value. Lines are not folded, so that a changed word is one changed line. */
export const textOf = (value: object): string => stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })

const head = `# What this Deskbridge installation is set up with, as \`bin/deskbridge export config\` writes it.
# \`bin/deskbridge apply config FILE\` shows how an installation differs and makes it like this: docs/config-as-code.md.
# A section that is left out is left alone. A setting that is left out has its default.
version: 1
`

interface WrittenSection {
  name: string
  about: string
  items: readonly object[]
}

/** The whole file. */
export const writeFileText = (sections: readonly WrittenSection[]): string =>
  [head, ...sections.map(({ name, about, items }) => `# ${about}\n${textOf({ [name]: items })}`)].join('\n')
