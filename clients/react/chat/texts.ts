/** Everything that the chat says. `{name}` and the like are filled in. */
export const en = {
  title: 'Chat',
  connecting: 'Connecting…',
  online: 'Online',
  offline: 'No connection. Trying again…',
  hello: 'Hello! How can we help?',
  messages: 'Messages',
  olderMessages: 'Earlier messages',
  yourMessage: 'Your message',
  writeMessage: 'Write a message…',
  send: 'Send',
  attachFile: 'Attach a file',
  uploading: 'Uploading, {percent} %',
  cancelUpload: 'Cancel',
  sending: 'Sending…',
  sent: 'Sent',
  read: 'Read',
  notSent: 'Not sent: {reason}',
  tryAgain: 'Try again',
  remove: 'Remove',
  edited: 'Edited',
  deleted: 'This message was deleted.',
  bot: '{name} (bot)',
  typing: '{name} is typing…',
  somebody: 'Somebody',
  place: 'You are number {position} in the queue.',
  placeAndWait: 'You are number {position} in the queue. About {minutes} min.',
  endChat: 'End the chat',
  ended: 'This chat has ended. Write again to reopen it.',
  newChat: 'New chat',
  rateQuestion: 'How was this chat?',
  stars: '{count} of 5',
  thanks: 'Thank you.',
}
export type Texts = { readonly [key in keyof typeof en]: string }

export type Say = (key: keyof Texts, values?: Readonly<Record<string, string | number>>) => string

/** What a text says with its `{names}` filled in. */
export const sayIn =
  (texts: Texts): Say =>
  (key, values = {}) =>
    texts[key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
