/** Instead of a chat: why there is none. */
export const Blank = ({ text }: { text: string }) => (
  <p class="blank" role="status" data-test="blank">
    {text}
  </p>
)
