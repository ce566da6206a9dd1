/** Tells Slack's own addresses: those where its methods are, and by https those of the hosts that fit. */
export function slacksOwn(apiUrl: string, hosts: RegExp): (url: URL) => boolean {
  const own = new URL(apiUrl).origin
  return ({ origin, protocol, hostname }) => origin === own || (protocol === 'https:' && hosts.test(hostname))
}

/** Where Slack keeps what people send along. */
export const fileHosts = /^files\.slack\.com$/

/** Where Slack keeps people's pictures. The placeholders of those who have none are at another company's. */
export const pictureHosts = /(^|\.)slack-edge\.com$/
