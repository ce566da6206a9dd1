import { useEffect, useRef, useState } from 'preact/hooks'
import type uPlot from 'uplot'
import type { ShownMetric } from '../../../../src/contract/analytics.ts'
import { onLook } from './colours.ts'
import { type DrawnLine, optionsFor } from './options.ts'

interface CanvasProps {
  unit: ShownMetric['unit']
  lines: readonly DrawnLine[]
  hasBefore: boolean
  /** Where one points; null: nowhere. */
  onPoint(line: number | null): void
}

/** The picture alone: what it shows stands in the table as well. */
export function Canvas({ unit, lines, hasBefore, onPoint }: CanvasProps) {
  const host = useRef<HTMLDivElement>(null)
  const [look, setLook] = useState(0)
  useEffect(() => onLook(() => setLook((turn) => turn + 1)), [])
  useEffect(() => {
    const inside = host.current
    return inside ? draw(inside, { unit, lines, hasBefore, onPoint }) : undefined
  }, [unit, lines, hasBefore, look])
  return <div ref={host} class="canvas" aria-hidden="true" data-test="canvas" />
}

/** It is loaded when the first chart is drawn; where it cannot be, the table is left. Answers how to take it away. */
function draw(host: HTMLElement, drawing: CanvasProps): () => void {
  let isOver = false
  let end = () => {}
  const size = () => ({ width: host.clientWidth, height: host.clientHeight })
  import('uplot').then(
    ({ default: Plot }) => {
      if (isOver) return
      const plot = new Plot({ ...optionsFor({ host, ...drawing }), ...size() }, dataOf(drawing), host)
      const resized = new ResizeObserver(() => plot.setSize(size()))
      resized.observe(host)
      end = () => {
        resized.disconnect()
        plot.destroy()
      }
    },
    () => host.classList.add('none'),
  )
  return () => {
    isOver = true
    end()
  }
}

const dataOf = ({ lines, hasBefore }: CanvasProps): uPlot.AlignedData => [
  lines.map((_, index) => index),
  ...(hasBefore ? [lines.map(({ before }) => before)] : []),
  lines.map(({ now }) => now),
]
