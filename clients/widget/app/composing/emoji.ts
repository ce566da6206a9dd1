/** What people answer with, the most used first. */
export const emoji =
  '😀 😂 😊 😍 🙂 😉 😎 🤔 😅 🥰 😘 😋 🤗 🤩 🥳 😇 🙃 😌 😴 🤓 😐 😕 🙁 😟 😢 😭 😤 😡 😱 😳 🤯 😬 🙄 🤒 🤷 🤦 👍 👎 👌 👋 🙏 👏 💪 🤝 ✌️ 🤞 👆 👇 👈 👉 ❤️ 🧡 💛 💚 💙 💜 🖤 💔 💯 ✅ ❌ ❓ ❗ ⚠️ 🔥 ✨ ⭐ 🎉 🎁 🎂 🌹 ☀️ 🌧️ 🌍 🏠 🚗 🚚 ✈️ 📦 📱 💻 📷 📄 📎 🔑 🔒 🔧 💡 ⏰ 📅 💰 💳 🛒 👀 ☕ 🍕 🍰 🐶 🐱'.split(
    ' ',
  )
