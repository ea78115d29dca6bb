// The private key never enters this process: any key service will do that can sign bytes.
import { createPrivateKey, sign } from 'node:crypto'
import { createIssuer, didKey, generateKey, publicJwk, type Signer } from 'staff-passport'
import { createMemoryStore } from 'staff-passport/stores/memory'

// Stands for a key service; yours speaks to hardware, or to the cloud.
const keyService = await (async () => {
  const key = await generateKey('ES256')
  const handle = createPrivateKey({ key: { ...key }, format: 'jwk' })
  return {
    publicKeyJwk: publicJwk(key),
    sign: async (data: Uint8Array) => sign('sha256', data, { key: handle, dsaEncoding: 'ieee-p1363' }),
  }
})()

const { did, keyId } = didKey(keyService.publicKeyJwk)
const signer: Signer = { algorithm: 'ES256', keyId, publicKeyJwk: keyService.publicKeyJwk, sign: keyService.sign }

const { register, statusLists } = createMemoryStore()
const issuer = createIssuer({
  id: did,
  signer,
  register,
  statusLists,
  statusUrl: 'https://status.northfield.example/lists',
})
for await (const list of issuer.publishStatus()) console.log(list.purpose)
console.log('an issuer whose key is elsewhere, signing ES256')
