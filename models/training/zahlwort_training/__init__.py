"""How zahlwort's default model is made. The steps in order, each `python -m zahlwort_training.<step> --help`:

    model.convert_whisper   OpenAI's Whisper, out of two packages of the Python index
    model.pack              its vocabulary cut and sealed: what training starts from
    data.sentences          what the training speech says, and who says it
    data.speak              that, spoken by the synthetic voices of `speech`
    data.collect            all recordings in one folder
    ctc.train               the encoder and the head that writes characters
    model.pieces            a checkpoint cut into pieces that can be carried
    model.export            what a checkpoint has learnt, as tensors
    model.pack              the shipped model
    confidence.fit          the weights of the confidence
    reading.prepare         what the learned reading is trained on beside its templates
    reading.vectors         what a teacher finds that words and sentences mean
    reading.heard           what the recogniser writes down of spoken templates
    reading.train           the network that marks free sentences
    reading.export          that network, as files of a model directory
    golden.log_mel          numbers that the tests compare our own implementation with
    golden.ctc_head
    golden.whisper_states
    golden.confidence
    golden.reading

Speech to measure with, and for the tests:

    speech.sentences        commands as people word them, and sentences that are no command
    speech.generate         a list of sentences spoken by many voices, in noise and rooms
    speech.recordings       the recordings in tests/audio
    ctc.wer                 word error rate of the free transcription

Each of these folders uses only those before it: speech, data, ctc, model, confidence, reading, golden.
"""
