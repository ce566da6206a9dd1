import type { PickedImage } from '@deskbridge/react-native'
import { launchImageLibraryAsync, UIImagePickerPreferredAssetRepresentationMode } from 'expo-image-picker'

/** Opens the device's pictures; null: the visitor went back. */
export async function pickImage(): Promise<PickedImage | null> {
  const { assets } = await launchImageLibraryAsync({
    mediaTypes: ['images'],
    quality: 0.8,
    // An iPhone's own HEIC is a format that the service does not take.
    preferredAssetRepresentationMode: UIImagePickerPreferredAssetRepresentationMode.Compatible,
  })
  const image = assets?.[0]
  if (!image) return null
  return { uri: image.uri, name: image.fileName ?? 'picture.jpg', type: image.mimeType ?? 'image/jpeg' }
}
