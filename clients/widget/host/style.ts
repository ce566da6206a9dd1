/** Of phones, and of what a zoomed page has left: the chat takes all of it. */
export const small = '(max-width:480px),(max-height:480px)'

/** `--h` and `--t`: what the keyboard leaves of a phone. */
export const style = `
iframe{position:absolute;bottom:68px;right:0;width:384px;max-width:calc(100vw - 40px);height:min(640px,calc(100dvh - 108px));border:0;border-radius:16px;background:Canvas;box-shadow:0 10px 40px #0005}
.l iframe{right:auto;left:0}
.g{position:relative;max-width:min(300px,calc(100vw - 40px));background:Canvas;color:CanvasText;border-radius:16px;box-shadow:0 4px 24px #0004}
.g button{font:inherit;color:inherit;text-align:start;border:0;margin:0;padding:14px 16px;padding-inline-end:44px;border-radius:16px;background:none;white-space:pre-line;overflow-wrap:anywhere;max-height:9.5em;overflow:hidden;cursor:pointer}
.g .x{position:absolute;top:4px;inset-inline-end:4px;width:36px;height:36px;padding:9px}
.x svg{width:18px;height:18px}
.s{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media (prefers-reduced-motion:no-preference){.g,iframe{animation:r .18s ease-out}}
@keyframes r{from{opacity:0;transform:translateY(8px)}}
@media ${small}{.o{inset:0}.o .a{display:none}.o iframe{position:fixed;inset:calc(var(--t,0px) + env(safe-area-inset-top)) env(safe-area-inset-right) auto env(safe-area-inset-left);width:calc(100vw - env(safe-area-inset-left) - env(safe-area-inset-right));max-width:none;height:calc(var(--h,100dvh) - env(safe-area-inset-top) - env(safe-area-inset-bottom));border-radius:0}}
`
