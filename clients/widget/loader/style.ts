/** `--b` and `--o`: the inbox's colour, and what can be read on it. */
export const style =
  '.w{all:initial;direction:ltr;position:fixed;z-index:2147483000;bottom:calc(20px + env(safe-area-inset-bottom));right:calc(20px + env(safe-area-inset-right));display:flex;flex-direction:column;align-items:end;gap:12px;font:15px/1.4 system-ui,sans-serif}' +
  '.l{right:auto;left:calc(20px + env(safe-area-inset-left));align-items:start}' +
  '[hidden]{display:none!important}' +
  ':focus-visible{outline:3px solid var(--b);outline-offset:3px;box-shadow:0 0 0 3px var(--o)!important}' +
  '.a{all:unset;cursor:pointer;position:relative;display:flex;align-items:center;justify-content:center;gap:10px;box-sizing:border-box;min-width:56px;height:56px;padding:0 15px;border-radius:28px;background:var(--b);color:var(--o);font-weight:600;box-shadow:0 4px 18px #0005}' +
  'svg{width:26px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}' +
  'img{width:36px;height:36px;margin:0 -5px;border-radius:50%;object-fit:cover}' +
  'i{position:absolute;top:-4px;right:-4px;min-width:22px;border-radius:11px;background:#b91c1c;color:#fff;font:700 12px/22px system-ui;text-align:center}'
