/** Where Slack sends back whoever has let the app in. */
export const callbackPath = '/connectors/slack/oauth/callback'
