import sharp, { type Sharp } from 'sharp'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { FileKind } from '../../contract/file.ts'

type PictureKind = Exclude<FileKind, 'pdf'>

export interface Picture {
  bytes: Buffer
  width: number
  height: number
  thumbnail: { bytes: Buffer; type: 'image/webp' }
}

/** Pixels of all frames together: a camera's 50 million are in, a bomb that unpacks to billions is not. */
const mostPixels = 60_000_000
/** Seconds of work on one picture. */
const mostWork = 20
const thumbnailSide = 480

// What it remembers of one upload is of no use for the next.
sharp.cache(false)

const options = { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true } as const

/**
 * The picture and nothing else: upright, in its own format (moving ones go on moving), without where and with what it was
 * taken. Throws `file_refused` for what is damaged, cut off or too large when unpacked.
 */
export async function drawAnew(bytes: Uint8Array, kind: PictureKind): Promise<Picture> {
  try {
    const source = sharp(bytes, { ...options, animated: kind === 'gif' })
      .timeout({ seconds: mostWork })
      .autoOrient()
    const { data, info } = await inFormat(source, kind).toBuffer({ resolveWithObject: true })
    const thumbnail = await sharp(data, options)
      .timeout({ seconds: mostWork })
      .resize({ width: thumbnailSide, height: thumbnailSide, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 78 })
      .toBuffer()
    const height = info.pageHeight ?? info.height
    return { bytes: data, width: info.width, height, thumbnail: { bytes: thumbnail, type: 'image/webp' } }
  } catch (cause) {
    throw new DeskbridgeError('file_refused', { cause })
  }
}

/**
 * The middle of a picture as a WebP square of so many pixels, without anything that shows through, and without what
 * moves. Throws `file_refused`.
 */
export async function drawSquare(bytes: Uint8Array, side: number): Promise<Buffer> {
  try {
    return await sharp(bytes, options)
      .timeout({ seconds: mostWork })
      .autoOrient()
      .resize({ width: side, height: side, fit: 'cover' })
      .flatten({ background: '#fff' })
      .webp({ quality: 82 })
      .toBuffer()
  } catch (cause) {
    throw new DeskbridgeError('file_refused', { cause })
  }
}

function inFormat(image: Sharp, kind: PictureKind): Sharp {
  switch (kind) {
    case 'jpeg':
      return image.jpeg({ quality: 88 })
    case 'png':
      return image.png()
    case 'gif':
      return image.gif()
  }
}
