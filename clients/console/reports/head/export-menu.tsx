import { useFrame } from '../../frame/frame.ts'
import { Icon } from '../../frame/icon.tsx'
import { asProblem } from '../../frame/problem.ts'
import type { AskedReport, ReportCalls } from '../calls.ts'
import { Pop } from '../pop.tsx'
import { saveFile } from './save-file.ts'

interface ExportMenuProps {
  calls: ReportCalls
  /** What is shown, each with what its lines are. */
  shown: readonly (readonly [name: string, asked: AskedReport])[]
}

const formats = ['csv', 'json'] as const

/** The figures that are shown, as a file. */
export function ExportMenu({ calls, shown }: ExportMenuProps) {
  const { tell } = useFrame()
  const save = async (asked: AskedReport, format: 'csv' | 'json') => {
    const { from, until } = asked.days
    await calls
      .file(asked, format)
      .then((file) => saveFile(file, `deskbridge-${from}-${until}-${asked.by}.${format}`))
      .catch((error: unknown) => tell(asProblem(error).message, 'problem'))
  }
  return (
    <Pop
      button={
        <>
          <Icon name="download" />
          Export
        </>
      }
      test="export"
    >
      <ul class="pop-list">
        {shown.flatMap(([name, asked]) =>
          formats.map((format) => (
            <li key={`${asked.by} ${format}`}>
              <button type="button" data-test={`export-${asked.by}-${format}`} onClick={() => void save(asked, format)}>
                {name}, {format.toUpperCase()}
              </button>
            </li>
          )),
        )}
      </ul>
    </Pop>
  )
}
