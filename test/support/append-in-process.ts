/** A second process that appends: `node append-in-process.ts <mongodb url> <name> <writers> <each> <session…>`; prints what was acknowledged. */
import { SessionId } from '../../src/contract/ids.ts'
import { connectMongo } from '../../src/platform/mongo.ts'
import { openLog, post } from './log.ts'

const [url = '', name = '', writers = '1', each = '1', ...sessions] = process.argv.slice(2)
const connection = await connectMongo(url)
const log = openLog(connection)
const acknowledged: string[] = []

const write = async (session: SessionId, writer: number) => {
  for (let index = 0; index < Number(each); index += 1) {
    const text = `${name}-${writer}-${index}`
    await post(log, session, text)
    acknowledged.push(`${session} ${text}`)
  }
}

await Promise.all(
  sessions.flatMap((session) =>
    Array.from({ length: Number(writers) }, (_, writer) => write(SessionId.parse(session), writer)),
  ),
)
await log.projected()
await connection.close()
console.log(JSON.stringify(acknowledged))
