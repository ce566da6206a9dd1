import { asProblem, Problem } from '../../frame/problem.ts'

const conflict =
  'Somebody changed this view while you were here. Save again to put what you chose in the place of theirs.'

/** After a save that was refused: where somebody else was first, theirs is read, and a second save is over it. */
export async function overtaken(error: unknown, readAgain: () => Promise<void>): Promise<never> {
  const problem = asProblem(error)
  if (problem.code !== 'version_conflict') throw problem
  await readAgain()
  throw new Problem(problem.code, conflict)
}
