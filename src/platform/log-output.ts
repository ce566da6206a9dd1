import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger }

/** JSON lines on standard output. */
export const createLogger = (level: string, stream?: DestinationStream): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream)
