import type { PickedImage } from '@deskbridge/react-native'
import { launchImageLibraryAsync } from 'expo-image-picker'

/** Opens the device's pictures; null: the visitor went back. */
export async function pickImage(): Promise<PickedImage | null> {
  const { assets } = await launchImageLibraryAsync({ mediaTypes: ['images'], quality: 0.8 })
  const image = assets?.[0]
  if (!image) return null
  return { uri: image.uri, name: image.fileName ?? 'picture.jpg', type: image.mimeType ?? 'image/jpeg' }
}
