// A kernel in the reader's hand, and what it makes of a piece of the sky: the
// numbers are those of correlate() in snippets/convolution/vectorized.py, and
// everything lies where hand() in figure.py draws it.
live((stage, controls) => {
  const { row, column, blur, edges, spots, turn } = controls
  const fields = [...controls].filter((each) => each.name === "weight")
  const [SIDE, TOP, LEFT] = [64, 20, 60] // the piece, in the whole picture
  const V = pixels()
  let W = [-1, 0, 1, -2, 0, 2, -1, 0, 1]

  const nine = [0, 1, 2, 3, 4, 5, 6, 7, 8]
  const add = (numbers) => numbers.reduce((sum, number) => sum + number)

  function patch(p, q) {
    return nine.map((i) => V[SIDE * (p - TOP + Math.floor(i / 3)) + q - LEFT + (i % 3)])
  }

  function products(p, q) {
    return patch(p, q).map((v, i) => v * W[i])
  }

  function featureMap() {
    const places = Array.from({ length: SIDE - 2 }, (_, i) => i)
    return places.flatMap((p) => places.map((q) => add(products(TOP + p, LEFT + q))))
  }

  // What is seen: all of it lies where the picture has it.
  const grey = "#808894"

  function write(x, y, text) {
    const styles = { "font-size": 14, "text-anchor": "middle", "dominant-baseline": "central" }
    const node = draw(stage, "text", { x, y, fill: grey, ...styles })
    node.textContent = text
    return node
  }

  // A panel has the coordinates of the whole picture: columns to the right,
  // rows downwards; a place in it is where the middle of the patch goes.
  function panel(x, name, rim, framed) {
    write(x + 144, 18, name)
    const viewBox = [LEFT, TOP, SIDE, SIDE]
    const inside = draw(stage, "svg", { x, y: 30, width: 288, height: 288, viewBox })
    draw(inside, "rect", { x: LEFT, y: TOP, width: SIDE, height: SIDE })
    const side = SIDE - 2 * rim
    const box = { x: LEFT + rim, y: TOP + rim, width: side, height: side }
    const image = draw(inside, "image", { ...box, style: "image-rendering: pixelated" })
    const group = draw(inside, "g")
    const frame = draw(group, "rect", { class: "c1", width: framed, height: framed, style: "--width: 2" })
    onPlace(group, ([x, y]) => put(Math.floor(y) - 1, Math.floor(x) - 1))
    return { image, frame }
  }

  function grid(left, sign) {
    write(left + 157, 418, sign)
    return nine.map((i) => {
      const [x, y] = [left + 48 * (i % 3), 346 + 48 * Math.floor(i / 3)]
      draw(stage, "rect", { x, y, width: 48, height: 48, stroke: grey })
      return write(x + 24, y + 24, "")
    })
  }

  // Colours are red, green and blue, from 0 to 255.
  function paint(image, colours) {
    const canvas = document.createElement("canvas")
    canvas.width = canvas.height = Math.sqrt(colours.length)
    const context = canvas.getContext("2d")
    const data = context.createImageData(canvas.width, canvas.width)
    colours.forEach((colour, i) => data.data.set([...colour, 255], 4 * i))
    context.putImageData(data, 0, 0)
    image.setAttribute("href", canvas.toDataURL())
  }

  // White for 0, blue for the largest number, red for its opposite.
  function tint(share) {
    const full = share > 0 ? [76, 120, 216] : [217, 83, 79]
    return full.map((each) => 255 + Math.abs(share) * (each - 255))
  }

  draw(stage, "rect", { width: "100%", height: "100%" })
  const sky = panel(8, "V", 0, 3)
  const map = panel(318, "Z", 1, 1)
  const grids = [grid(8, "\u00d7"), grid(178, "="), grid(348, "\u2192")]
  write(250, 332, "W")
  const framed = "fill: none; stroke: #e8862e; stroke-width: 4"
  draw(stage, "rect", { x: 8, y: 346, width: 144, height: 144, style: framed })
  draw(stage, "rect", { x: 518, y: 394, width: 88, height: 48, style: framed })
  const sum = write(562, 418, "")
  paint(sky.image, V.map((v) => [255 * v, 255 * v, 255 * v]))

  // Puts the patch at a place, as far as the picture goes.
  function put(p, q) {
    row.value = p
    column.value = q
    show()
  }

  function show() {
    const [p, q] = [row.valueAsNumber, column.valueAsNumber]
    for (const [{ frame }, rim] of [[sky, 0], [map, 1]]) {
      frame.setAttribute("x", q + rim)
      frame.setAttribute("y", p + rim)
    }
    const inputs = patch(p, q)
    const outputs = products(p, q)
    for (const i of nine) {
      grids[0][i].textContent = written(inputs[i], 2)
      grids[1][i].textContent = written(W[i], 2).replace(/\.?0+$/, "")
      grids[2][i].textContent = written(outputs[i], 2)
    }
    sum.textContent = written(add(outputs), 2)
    tell(controls, { row_now: p, column_now: q, sum: sum.textContent })
  }

  // Slides the kernel over the piece.
  function slide() {
    const Z = featureMap()
    const top = Math.max(...Z.map(Math.abs)) || 1
    paint(map.image, Z.map((z) => tint(z / top)))
    show()
  }

  function take(weights) {
    W = weights
    fields.forEach((field, i) => { field.value = Number(W[i].toFixed(3)) })
    slide()
  }

  blur.onclick = () => take(nine.map(() => 1 / 9))
  edges.onclick = () => take([-1, 0, 1, -2, 0, 2, -1, 0, 1])
  spots.onclick = () => take(nine.map((i) => i === 4 ? 1 : -1 / 8))
  turn.onclick = () => take([...W].reverse())
  row.oninput = show
  column.oninput = show
  fields.forEach((field, i) => {
    field.oninput = () => {
      W = nine.map((j) => j === i ? field.valueAsNumber || 0 : W[j])
      slide()
    }
  })
  take(W)
  put(39, 104)

  // The mean of three bytes a pixel: their sum, by two digits to the base 36.
  function pixels() {
    const sums = `
0j0t0f0w1h0i0g19151c0h100s0h0l161p190m0o1a1a1m1i1c160r0p1i1r0z0t1a160u1n1b1e140n0v1a131h0n1b140u0x1d121u190j0d1m0p0z120k0v1b1310
0o0r1917130r0q0z131d0y1d0f0m0o0n0y110l0g1c091011171c0x0z0y17160w1g100w161t1g1a1u1b1o181p111x2012141a0t1f1o180m1d1d0b180r0m0u0w1a
0i0d0x140p0o1b1f0h0o0j0v080q110q0j1j190m050s0r0l0s0u0w0q0u1615120w1b1e12171i211g1x1f1l0z1a1x1u1q1n120r0q120u140g0j0t1n0v0y1a0g0f
0t0s0r0q0f0d0u1f1a0s0d0g0p0s0y0t0g0f13130n0t0z0d0d0r130i191h171n161j1u1x112t471u1z1t211k1g1n1l1a1t151d170q0i1x141b160w0w1m1l1b1l
0p0m0u11181f0p0j181e1e0x1o160o0h09160x0r100o1g0z0l1h160v1c1f1b1t1o1j1e191m2e4f6w2p1b1i221e1w1v181v1s141e1j131c0r1r18191q170n1b1j
0u0j0l0t0p130z100v0z1q0f18110l0o180j0s1v1j1v0o0i141f0j1d16131s1d1s231t1n1l1o4fba5h1b1y221j2j1m1r1e210w1b1j1f100v17101n1u1g1n180o
1i0i1a1j0n0e0j0l0f090o0m0y07131f0z0v0x252u2i1g1k141z131n0q0v1h1j1n1t1x2e241w30634i2k1w1p2d2m1p1j2j201l2l1n1q1q1x1j0x121d1s1m1c1c
0o1307020m0d0s0x0o0x0i09111j1s12151h0z0y1s2k1q0x0u1t1k1i1o1r1o211v2d2h2f242j3936222u2o24252l281v251w233i2z2u2d2b23151d1c190t1k22
0r0s160m0s0v0y0i13190u0l070m0s0a1a140z0l10190o0g1a18151z251t241t2f2t2e35262b322l352p2s2p2l2f231u1x2b1v2p2x392b2822150u0k1f1d1v2e
13080u1c140p0p16141f10100m0v0y0y1i0y141j241e1g1n1w1w1n2f2c222y222i2v1o2v2b3c3f302x3h35373b33342y242j272e2c2k1q1x1w1g1t0x151b2k44
0u1m0q0l0j1a0m0r05190u0u111a0s0e0m0p0m181w181r292f1m21242j252m2y393d373339443a3v3w413v3n3h3h3x3p2r2j2o2o26251t231q1a1h1g2q2s3d67
0l141b130j1a070l160o19100s110u0r1615191o26201v1u29212c33352l2p3b4r8v8546434m4i4q4x4q4i47494b3y3k3o2y2i2h2i2c1t1r1m1s272m2y2v4l85
0q14100p0p0m0y1c0u0u1f1d0x0y1r1d1e1614111824221z2h2j2139343g3z3s51bmae5n4q444q4o4y574l4b4l4n493t3j3q2v30372n1o1q2528212k2z3e4v7s
0k111l0d0m0d0y0o10130s1g1h0o1o1e1k1d1b1i1a222523292j2i313843474f4h5h5x505m595n5i59524z5i54484y5d41423a3a332y2x2s2a1k232k2f354e6j
0q0r0u1d0s0s100d0m0n0j0i1o1m18191o1l1m1p25282x2y2c303j3o3z474k4m5c534y5u5f5y6r695m5y6j6k594w584j4i4d3g3j362y2o2f2525222v2y373l4f
0i0f0o1a150z0r0g1d1j1715191e0v1e1t282g212d2y3a322x5d7q4q54424z5g545t796y6c7n766i7v7u6w6z614p595q4r4l3y3s2v2f2s362h2n2e1x2a3a3835
090j0v1910101b160x1v17180t1o1f1u1r2g2k2b2n313g3f3e5o77534r4k5j6n6w69767r7w82848p888v77787e6f63615w4z4a463n2v2p342c2z2h222i2k272f
0j110p10140g0h161916121f0t1f1q1w201z2o2p323k3t3x424t4b4r4s666z7b7y7g8g9d9l9q9wae9n938l8v867v7j67635v4n4l493d2s2q2m2t291y2g2e2425
0q0r0f0i1518100x0f0j1a1s190t1f1o2h24312r2k3c3n3v4l505659656n7i7u8p8x9na2adbaazapb1ae9v9z98887l6i5y5i4p4u443m382i2b2k2n1w212u2l1l
0l0l1i130g0m0x1319111j1m1c141q1m282t2v2y2w333w5156515n677j8n918x9takaobjbqc7cgc3btbqb5aqao9d7p786q5r524x3y3q3p38322k2n21242r2f1e
0m1a1g0s0g0y1e1b1b1o1k1h1c1r1z1w1z2c28343q3q495j5f676c868a9q9u9zbcb3ccdacvd5dgd5cycjcvbxbdae9089795p524p483w3j3k3739392w3a312j1t
0u171j1j0r0u252810171g1w1e1x1i2b2y2g3a3o3w4r4h4z636i738i8ya2b2bjc0cxddegeoemeqeyeddgcxc3bfa9998p7m6v67554j3q363x34334g48432x1d10
0m0v0f1d1h1s16191p0u1i20191m2n2d2m293x3o424p595s737n878s9mb0brcednebf5frfzg0fxfqf9e7dbczbhal9x8d7u6t63544n4d3v3c342y3g3t461y1c0q
1r1a0l0b1a210z0w0y1e1y1j1p24282n2l2v3j3r4f53505w6w888w9gamc1cudseqfegeh2hjhih3gog1f4eddncfbcaa8v82785m5b4j45402v3g5r9r4p2e231l1w
0x110w0y0y1k1q171i1a1a1i1r2a2q2r333p484i4f5d5x75748j9e9saxc9dbesfjgjhoiij4j0ibhlgmfneidicjba9y8z8l6w5f4m4j493h2s2y4y8s3z180z191n
1u1p13213n3t290l1f1g1h1w1w222a1x282t3f454s5g5j6q71959uambrcwe1fngkhqiwjvkajzj2i0gvg4ecd6cjbkaa8w897p6j5h5e4s3m2x2e2v3a2g1z1a1w15
1k34303d6g5q261e1k1q261k212a252x313741434x565w7c8o9ea1bcckdoesg5haijjtklkok8jei4gpfgdyd1bzb1a8938f795w5s4q3z3s2r2r2o2g252f252b1d
1m262r3d4k3v1z1s1b1u1x1k242k2e313p3l4t4h545q748492a5arc4daeafagjhxivk1klkljzizhpg8f4e6cwba9x9h8l7l5v55584k3v3w312f212d2f2i2a2a1d
131o161n1b1s1q1n1v1e1n20272j2e2531404a495a6b6w7y92acb6c3d1e1f1gfhpiij9jojhivhxgsfjefdfbpava2968m6z6p5x4v4c3k3737272o1x1k1o1h211u
0x0g0t1c1a281n1w211i2q252a2j262x3h3w4n51515x6h8d9da1b4bqcqdteqg7h6hpi8ibi5hlgifmend8clauaq9f7u8d7n6k534x463e3h2t2l2k2m1j1x1j1b1o
100s0i160j0j1l1t1m261s1y2h2s2a393h3n4p524y687j898wb5bybrcedeemf9g6gmgyh1gqg0f2e7docrbbas9o8z7j7f685g5h4t3x3e352h2e2j1u1j1y1p1c1i
0i0t13130v0j0j0v1i1t1p1y2m3l3831303t3z4w535z7a7q9lb5aob3ctdde1eoewfgfcfaeve6dnd5cnbwag9t998e7h6r6b5a4z4h3o3r3x2l1o2a2d1z1k18170y
1q0i1f0y110y191u1w1b232n483z2s2y3r3s44555e6076788r9m9uarc8clcudhe0e5dze1dlcqc8bzbhb49y8z83707h6y6p5k584i3s3f33302w2427201f17121b
1e1c130f1g0v0u16191q1o53b58g3f2z383d4f4r5b5l6m7f8g9h9xaababyc1c7ckcecqczcdbcavaka4989j8y7t736k6a718a7n6v6y5o382v2a2b26221n1h0u0x
0o101i17130b191c0v111y3q9c974826363u494b4q4y5o708l948x9sb2bobjbjb4bdbwbnaua99x9b8w8g9c8v80847197c9c6aj9l8s6h3m2o261x231u1b1q1i1f
101f1o1c110r160t1g1q1x1t353c383133423v4b4c4x616b7c8n949l9pa1a4akahaaaka19b9f998j828a898p8i8j96d7epcf8e6o534f412r1u1h1s180n1c1a1e
0j1n2b1s0m0o1g1h1i141g1k1w242l2k3c39383z3z565x696v7c8h8v8l999f9k9398968t8k8q8o8h8f8w8zahawakcpf9dd9l695i4f3y3q2t1o1i1p18151p0y1c
0p1y241s0r0c0r1f1g1n191j211t1r242x38343g3n4i4b5y7f7n767o7u7t858v868d86827s7d7c7u8ea4c2e4f1f2g4f2bs865s595a4i33301t1v1x16111l0x1b
111d1x0s1e0w161p1s251o1y281w1s2j252x393d474m4x5g5p6h76797k6x7z7l7l7q766p797d727n9ydcg1hmi7hfgve9b4846d574p3w2n2f1t241b1p0d1e1r09
1h13160y0t151g16101k1l1j1d1z24272g2p2u2x3n3u4f4o4y5u6l6c6b6d7k726i6c6l6j716y728mbeg2hzibiviahhf7bw7v6p4a3m312i2x121t2a130n0w1d1l
472h0o0y0l131g0v0w1o1r1f0y1p1n1k222w34313d303p3w4h595b6k7i675r6e6v5n666t6o6o7c94czgli8i6ixiohxg1cz885g3z342l2w241d1t1j0f0y0l0v19
703g0j1c1f0k0m0x241c191c1f1p1g1p1v252p2u3d313n3g414i4s6h7x6v5j5n5o5m5o6y6b667i95dvgniiiujij1i4g0d38e423m2p232k0p1m1n1e0y120r1e1f
533z170m1a0j171f281i1f161i1l1e281v282j2a2n2s3g373u3u4a576u7v5z4o4v5b55605h576g8udvh4iij0j7iuhufbcg8r54372k1v1t1m25241l1a1j1g0c0k
1816170l0u060p172b191c0o0r1f1o2a1p212e2g2s2s2s2x393c3k485e6c503w4t4b5b4s4j4p5a83czh4i4ioiriqhqeubx7g4t352z2p1r1v1l111f2e131a170u
0b0c1g0y12130t0u1g160x0o0u1i1j180r1s1q202f262133332q363q3i3e3x3k373j4s403t4f5073ajf0h0i2iahxglduas6i3y2z2d2i1p1n1i1q1m2b170s0v04
0g0k100l0s190g121z1l0f0r161o1m1c1f21171o2c281x32232c2v3a322u3g2r2u38383o3e3e4q5l71aedofkfuf7dqbu975e3r2u1q221b1e0r1m23100x0c0t1a
1g0i161313100u0r1u0u0r0w0h1l1n0o1n20181w1e1j1a2f262m2k292u2j2j2g2k31312s2r3l3r4g5k6p8yb3chc3aj9a6e5i5w322g1k1w1x1f0n0n0u0x110s0r
0m0u0i190r100u1c100f0g1f130u101f1l1e1p1k0w1z1s1w1y1y282i2n2e2n1v272o2b2k2q2v2z3r415c647n9q9f7m694l4m6i2t2b473b2g0z0i130k0j0q0v1j
0n1c0c100l0o0u1f0u0c0m0t0t130t141i1h1913141v271s0x1j1s2m2k252q1q1w1t292h2c332p2g2v4d9yd5br7p57403i2x2q282r6t5h1m17141m0s0o0x0i0o
180x0f0i0r0i0x0o10140o161g1g1s211a101l171a1x1q131j1s1p2e2d1m2e1t1r20242q2k2b232b2d459gax864m32232s2b2e1k24412u250q1g1r180k100o06
0k17140v0y0g0p040s110q101a334i390p1h1u1b191e1b0w1h141g1y2a1o1y1m1u2i2f1z1n2f2d1z272f3g312u2q2t1k1u241o261l1i231f0t0d0u180z190x07
0a0j0s1g171a17110j0j1a10051r2m1p101w170s0q0u1c160n0d17141j1j1m1y374l2c1v1p1j232l1t2721201z1p271n181u150w1g1a190o0y120v1a221n0x0x
0z0m0s0y0g0g0s1a0s0x0s0x0w181b1b0j0t160k0b1g1a0r150p1d1d1w1h15111v2b1n1n1p201r1m20281t20241q1p1h1a1h1k161m170z1513170n1d2p24100u
17070y0d0s0a0p0f0f0k130e060p0k0v0r110p0n10211d0v0x130s131j0r10141h211i1g1l2k271o2h1w1k1k1l1w1e121h1o131a1f0u0u1j0t19111v1x1l190f
0s0r0s0s0j141c030q100p10090b151d190b0g0n0x1u1g140n10120u0x1n0n0r0n1g0z131r312e1r1z1c1b1x1s2a291t1k1r0k1h1e1l160x0r090x231n0r0m0i
0h0l0p0e0e0n0v160r1o050n120i0a0v0x0j0o1i0r0o141h0n0x0x181n1t0c0e0z1h0p0z0z1o211i221p1l2626211k1q241q1619131d0v0m0f0g1a1g0l0b0t0q
0e0d0r0r0g0s0w1o1a0x0f0l0v0s0j0q0p0v0x20160r1112080v0z1e1b1f0m11231p111416141p1i1z1y2k2h1z1x1t1u1i1l1b0e0q170i0s150z110j0m120s0p
130l0t120g1g0w0e0g0q0k0g0p120j0m0v17171a0m0l0f0m14201v1m0h0s14130u1e110y221o1q2a2b2i312y32352o2q2j1o1k0n161c0s0u190x0v0b0i16140y
1e0m0k0q102r1n0e0g0t0c0f0k0c0a0w0b14140j0p1i160y0y1c1i1j0j0m1d160r1p140v1r191l292c383q3t483u36332p1g1l120r0r16140x100y0l0o0k0e0m
380s0s0v1n2l1c0p0j0d0m0o0i0q0y1a0m0x100c0g0s0z120a0r0u170s0j0v0u160u0f1d1n1m2g28263o586h6y5q4e3t36221q1h100y1d1f1k1e0z181l1f0s0k
4n090m0s0y0y0k0j0h120v0m0m160j0b0r0l0u13170j0h0w0m160o0p0m0m0v0m0r1a0l1g141f2j2h2p4a6f9xcdap7a4y4c2z241z1m1o0u0p18170v1a1i242g2g
350h0s140a0e1d0t180x0n0p0g0u1g1y1u0r060o1f1a0z0u130o0x1d1a0w1a1711110i0z0u1e1o1w27446jblgag3cw8c543n2w2d1t1z0m0n12180g0s0m0w1g4i
170r190v0y0f0c1g0v160s0l0f0l1m3x2f0d0x1r1f1f190h15081h0r090u230w111i17161t1o212a1y2y5d9lefhbgec170432k21281i0w0l0w0w0r0o0k0u2k5z
0j0y0p110p0r190v0v0r190w0e0z1c1x0u0s0r130i0o1l160g1o0j0n110h0b0m111x060p271m1a1n2q3249608wchejce7t44302820171h0p131j1z10150n292k`
    return sums.match(/\w\w/g).map((sum) => parseInt(sum, 36) / 765)
  }
})
