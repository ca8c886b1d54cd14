/** The longest side of what is sent from the field, in pixels: plates stay readable, and a weak network takes it. */
const LONGEST = 1600
const QUALITY = 0.8

/** A photo of a phone, small enough to be sent while one waits; what the browser cannot read stays as it is. */
export async function shrunk(file: File): Promise<File> {
  try {
    const picture = await createImageBitmap(file)
    const scale = LONGEST / Math.max(picture.width, picture.height)
    if (scale >= 1) return file
    const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale))
    canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const content = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY })
    return new File([content], `${file.name.replace(/\.\w+$/, '')}.jpg`, { type: content.type })
  } catch {
    return file
  }
}
