import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plan } from './plan.ts'

const fileIn = (data: string) => join(data, 'run', 'service.env')

/** What the service runs with, while it does: `bin/deskbridge` reads it, so that a command finds the same stores. */
export function keepServiceEnv(data: string, { own }: Pick<Plan, 'own'>): void {
  const env = own.find(({ name }) => name === 'service')?.env ?? {}
  const lines = Object.entries(env).map(([name, value]) => `export ${name}=${quoted(value)}\n`)
  forgetServiceEnv(data)
  writeFileSync(fileIn(data), lines.join(''), { mode: 0o600 })
}

export function forgetServiceEnv(data: string): void {
  rmSync(fileIn(data), { force: true })
}

const quoted = (value: string): string => `'${value.replaceAll("'", "'\\''")}'`
