/** Every ticket of ours has it: the view and the account's triggers go by it. */
export const chatTag = 'chat'
