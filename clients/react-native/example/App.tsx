/** @jsxImportSource react */
import { MobileChat } from '@deskbridge/react-native'
import AsyncStorage from '@react-native-async-storage/async-storage'
import { StyleSheet, View } from 'react-native'
import { pickImage } from './pick-image'

const url = process.env.EXPO_PUBLIC_DESKBRIDGE_URL ?? 'http://localhost:3000'

/** An app whose only screen is the chat. */
export default function App() {
  return (
    <View style={styles.screen}>
      <MobileChat
        url={url}
        storage={AsyncStorage}
        visitor={{ name: 'Ana', attributes: { plan: 'gold' } }}
        pickImage={pickImage}
        backgroundAfterMs={3_000}
      />
    </View>
  )
}

const styles = StyleSheet.create({ screen: { flex: 1, paddingTop: 48 } })
