import { useState } from 'preact/hooks'
import { useFrame } from '../../frame/frame.ts'
import { Icon } from '../../frame/icon.tsx'
import { isSoundOn, ring, setSound } from './sound.ts'

const declinedKey = 'deskbridge:no-notices'

/** Asks once, in the page and not by the browser's own question, which would be answered for good. */
export function NotifyBar() {
  const { storage } = useFrame()
  const [isDeclined, setIsDeclined] = useState(storage.getItem(declinedKey) !== null)
  const [, drawAgain] = useState(0)
  const canAsk = 'Notification' in globalThis && Notification.permission === 'default'
  return (
    <div class="notify">
      {canAsk && !isDeclined && (
        <div class="notify-ask" data-test="notify-ask">
          <p>Be told of new chats while this page is in the background?</p>
          <button
            type="button"
            class="act main"
            onClick={() => void Notification.requestPermission().then(() => drawAgain((n) => n + 1))}
          >
            Tell me
          </button>
          <button
            type="button"
            class="act"
            onClick={() => {
              storage.setItem(declinedKey, '1')
              setIsDeclined(true)
            }}
          >
            Not now
          </button>
        </div>
      )}
      <SoundSwitch />
    </div>
  )
}

function SoundSwitch() {
  const { storage } = useFrame()
  const [isOn, setIsOn] = useState(isSoundOn(storage))
  return (
    <button
      type="button"
      class="sound"
      aria-pressed={isOn}
      data-test="sound"
      onClick={() => {
        setSound(storage, !isOn)
        setIsOn(!isOn)
        if (!isOn) ring()
      }}
    >
      <Icon name={isOn ? 'bell' : 'bellOff'} />
      {isOn ? 'Sound on' : 'Sound off'}
    </button>
  )
}
