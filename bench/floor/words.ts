import type { Chances } from './chances.ts'

const questions = [
  'Hello, my order {n} has not arrived yet. Can you tell me where it is?',
  'The invoice for {n} is wrong: it shows last month’s address.',
  'How do I change the delivery date of {n}?',
  'I was charged twice for {n}, and the bank says that both payments went through.',
  'The app logs me out each time I open order {n}.',
  'Is the blue one available in a larger size?',
  'I would like to send {n} back. What do I have to do?',
  'Do you deliver to islands as well, and what does it cost?',
]
const answers = [
  'Hello! Let me look at that for you.',
  'Thanks for waiting. I can see order {n} here: it left our warehouse yesterday evening.',
  'I have corrected it, and you get a new confirmation by email in a few minutes.',
  'Could you tell me the email address that you ordered with?',
  'You can do that under “My orders”; choose {n}, then “Change delivery”.',
  'I am sorry about that. The money is back in your account within three working days.',
  'That is done. Is there anything else?',
]
const replies = [
  'Thank you, that helps.',
  'Yes, it is the one on the confirmation, {n}.',
  'I have tried that already, and it shows the same error again.',
  'ok',
  'And how long does that take?',
  'The address is right, but the name on the parcel is not.',
  'Great, thanks a lot!',
]
const notes = [
  'Customer since 2019, please be generous.',
  'Carrier says that {n} was handed to a neighbour.',
  'Refund of {n} approved.',
]
const comments = ['Quick and friendly.', 'It took too long.', 'Solved in two minutes, thanks.', 'Nobody understood me.']
const impatience = ['Hello?', 'Is anybody there?', 'I have been waiting for some time now.']
export const tags = ['billing', 'delivery', 'refund', 'login', 'size', 'invoice', 'vip', 'complaint', 'product', 'bug']

/** Numbers of orders make each text another one. */
const oneOf = (texts: readonly string[]) => (random: Chances) =>
  random.pick(texts).replace('{n}', `A-${Math.floor(random.between(100_000, 999_999))}`)

export const aQuestion = oneOf(questions)
export const anAnswer = oneOf(answers)
export const aReply = oneOf(replies)
export const aNote = oneOf(notes)
export const aComment = oneOf(comments)
export const anImpatientWord = oneOf(impatience)
