/** What can be done with messages. */
export interface MessageActs {
  onRetry(id: string): void
  onDiscard(id: string): void
  onOlder(): void
  /** Resolve to what went wrong, for people; null: it is done. */
  onEdit(messageId: string, content: string): Promise<string | null>
  onDelete(messageId: string): Promise<string | null>
}
